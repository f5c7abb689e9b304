namespace Net.Cnm.Ipam;

/// <summary>How many released addresses of a network are remembered in the order of their release.</summary>
public static class FreedAddressLimit
{
    /// <summary>The number for each address family, which is more than a bridge has ports (1023). Of more than these the ones released
    /// first count as never used again, so that a large subnet costs no more than this in memory and in the store.</summary>
    public const int Count = 4096;
}
