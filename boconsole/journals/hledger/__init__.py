"""The journal format of hledger, as version 1.25 reads it, with what it shares with ledger."""
