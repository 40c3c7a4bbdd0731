"""What a person sees, one file per subject: values in, a Reply out; nothing is awaited here."""
