"""Return words: six words that find and prove what somebody began or sent, without an account and without a name."""
