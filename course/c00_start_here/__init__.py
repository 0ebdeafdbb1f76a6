"""The room of chapter 00."""
