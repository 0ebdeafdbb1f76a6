"""The room of chapter 06."""
