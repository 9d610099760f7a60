"""One file a channel, and the registry that names them."""
