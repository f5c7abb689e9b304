namespace Net.Cnm.DesiredState;

/// <summary>How an address that has come up in a sandbox is announced to its neighbours: by gratuitous ARP, or by unsolicited neighbour
/// advertisement (RFC 5227 3, RFC 4861 7.2.6).</summary>
/// <param name="Count">How often, 0 to 3; 0 for not at all.</param>
/// <param name="Milliseconds">The time between two announcements in milliseconds, 100 to 2000.</param>
public sealed record Announcement(int Count, int Milliseconds)
{
    /// <summary>Three times, a second apart, as Docker 28 does.</summary>
    public static Announcement Default { get; } = new(3, 1000);
}
