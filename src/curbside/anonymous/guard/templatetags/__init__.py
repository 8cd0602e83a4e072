"""Tags for pages with a composer."""
