"""The answering journey: one question on one page at one neutral address, without JavaScript, without a trace."""
