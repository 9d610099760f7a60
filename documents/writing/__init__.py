"""Files that the assistant hands out. Empty until the first report is written."""
