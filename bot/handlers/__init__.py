"""What an update does, one file per subject: read it, call one service, choose one view, show."""
