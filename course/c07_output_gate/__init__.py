"""The room of chapter 07."""
