"""The bodies of the commands, one file a topic; main.py only declares them."""
