"""What is sent: letters, dispute texts and bundles, from forms that are data."""
