"""The room of chapter 03."""
