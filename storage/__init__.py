"""What is kept: tables, the outbox, the inbox, files."""
