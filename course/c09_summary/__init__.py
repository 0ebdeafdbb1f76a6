"""The room of chapter 09."""
