"""The room of chapter 01."""
