namespace Net.Netlink.Nftables;

/// <summary>The thread that committed a transaction of nf_tables.</summary>
/// <param name="Thread">The thread's id in the initial process id namespace; equal to the process id when the process has one
/// thread.</param>
/// <param name="Name">The thread's name, at most 15 bytes.</param>
public sealed record NftAuthor(int Thread, string Name);
