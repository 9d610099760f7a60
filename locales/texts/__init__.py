"""Every sentence, one function a message."""
