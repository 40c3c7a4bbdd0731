"""What a person can do, one file per subject; each public function is one transaction."""
