"""What can be asked of dossiers."""
