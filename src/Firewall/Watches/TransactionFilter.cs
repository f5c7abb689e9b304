using Net.Netlink.Nftables;

namespace Net.Firewall.Watches;

/// <summary>Finds, in the events of nf_tables, the transactions of other programs that changed a table with rules of ours.</summary>
/// <param name="isWatched">Whether there may be rules of ours in a table.</param>
/// <param name="isOurs">Whether a thread is one of this daemon's.</param>
public sealed class TransactionFilter(Func<NftTable, bool> isWatched, Func<int, bool> isOurs)
{
    private bool _touched;

    /// <summary>Processes the next event.</summary>
    /// <returns>The author of the transaction that this event ends, when it is another program's and changed a watched table; null
    /// otherwise.</returns>
    public NftAuthor? Accept(NftEvent change)
    {
        if (change.End is not { } author)
        {
            _touched |= change.Table is { } table && isWatched(table);
            return null;
        }

        bool touched = _touched;
        _touched = false;
        return touched && !isOurs(author.Thread) ? author : null;
    }
}
