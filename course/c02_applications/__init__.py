"""The room of chapter 02."""
