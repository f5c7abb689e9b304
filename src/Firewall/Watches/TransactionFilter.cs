using Net.Netlink.Nftables;

namespace Net.Firewall.Watches;

/// <summary>Picks, from the events of nf_tables, the transactions of others that touched a table with rules of ours.</summary>
/// <param name="isWatched">Whether there may be rules of ours in a table.</param>
/// <param name="isOurs">Whether a thread is one of this daemon's.</param>
public sealed class TransactionFilter(Func<NftTable, bool> isWatched, Func<int, bool> isOurs)
{
    private bool _touched;

    /// <summary>Takes the next event.</summary>
    /// <returns>Who made the transaction that has just ended, when it is one of those; null otherwise.</returns>
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
