"""Where the outside comes in: channels, web pages, settings, lifecycle."""
