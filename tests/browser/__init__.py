"""The web in a real browser."""

from playwright.sync_api import expect

# milliseconds within which what is expected must be there: documents are read and answers come on a busy machine, too
expect.set_options(timeout=15_000)
