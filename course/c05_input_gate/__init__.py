"""The room of chapter 05."""
