using Net.Linux;
using Net.Linux.Descriptors;
using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Watches;

/// <summary>Reports when another program may have changed our rules: from the events of nf_tables, and by polling once a second for
/// iptables-legacy, which sends no events.</summary>
/// <remarks>One thread waits; <see cref="Stop"/> may be called from another. Where all rules are in nf_tables, an idle machine causes no
/// wake-ups.</remarks>
public sealed class FirewallWatch : IDisposable
{
    private static readonly TimeSpan LegacyInterval = TimeSpan.FromSeconds(1);

    private readonly NetlinkSubscription? _events;
    private readonly LegacyCheck? _legacy;
    private readonly TransactionFilter _filter;
    private readonly PipePair _stop = PipePair.Create();
    private readonly PollSet _polls = new();

    private FirewallWatch(NetlinkSubscription? events, LegacyCheck? legacy, TransactionFilter filter)
    {
        _events = events;
        _legacy = legacy;
        _filter = filter;
    }

    /// <summary>Begins to watch the firewall of the calling thread's namespace.</summary>
    /// <param name="choice">The backend that makes the rules.</param>
    /// <param name="own">The threads and processes of this daemon, whose changes are not reported.</param>
    /// <exception cref="LinuxException">No descriptors are left.</exception>
    public static FirewallWatch Open(FirewallBackendChoice choice, OwnProcesses own)
    {
        bool inNfTables = choice.Variant == Iptables.IptablesVariant.NfTables;
        var filter = new TransactionFilter(table => WatchedTables.Contains(table, inNfTables), own.Contains);
        return new FirewallWatch(Subscribe(), choice.Variant == Iptables.IptablesVariant.Legacy ? new LegacyCheck() : null, filter);
    }

    /// <summary>Waits until rules of ours may have been changed.</summary>
    /// <returns>The author of the change, as text for the log; null when the watch was stopped.</returns>
    /// <exception cref="NetlinkException">The kernel's events cannot be received any more.</exception>
    public string? WaitForChange()
    {
        while (true)
        {
            _polls.Clear();
            int stop = _polls.Add(_stop.Reader, PollEvents.Readable);
            int events = _events is null ? stop : _polls.Add(_events.Handle, PollEvents.Readable);
            _polls.Wait(_legacy is null ? null : LegacyInterval);
            if (_polls.Ready(stop) != PollEvents.None)
            {
                return null;
            }

            string? author = events != stop && _polls.Ready(events) != PollEvents.None ? Take(_events!) : null;
            if (_legacy?.HasChanged() == true)
            {
                author ??= "another program";
            }

            if (author is not null)
            {
                return author;
            }
        }
    }

    /// <summary>Notes that rules were put back, so that what was seen of them before no longer counts. It is called by the waiting thread,
    /// between two calls of <see cref="WaitForChange"/>.</summary>
    public void NotePutBack() => _legacy?.Forget();

    /// <summary>Ends a wait that is going on; nobody can wait afterwards.</summary>
    public void Stop() => _stop.Writer.Dispose();

    /// <summary>Closes all descriptors; no thread may be waiting any more.</summary>
    public void Dispose()
    {
        _events?.Dispose();
        _legacy?.Dispose();
        _stop.Writer.Dispose();
        _stop.Reader.Dispose();
    }

    private string? Take(NetlinkSubscription events)
    {
        NetlinkEvents received = events.Receive(TimeSpan.Zero);
        string? author = received.WereLost ? "somebody, by more changes than could be followed" : null;
        foreach (NetlinkReply message in received.Messages)
        {
            if (NftEvent.Decode(message) is { } change && _filter.Accept(change) is { } end)
            {
                author = $"{end.Name} (process {end.Thread})";
            }
        }

        return author;
    }

    private static NetlinkSubscription? Subscribe()
    {
        try
        {
            return NetlinkSubscription.ToNetfilter(null, NetfilterGroup.Nftables);
        }
        catch (Exception error) when (error is LinuxException or NetlinkException)
        {
            return null; // no nf_tables in this kernel, so no rules of ours either
        }
    }
}
