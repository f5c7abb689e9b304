namespace Net.Netlink.Nftables;

/// <summary>Who made a transaction of nf_tables.</summary>
/// <param name="Thread">The id of the thread that sent it, as the first process id namespace counts; that of its process when it has but
/// one.</param>
/// <param name="Name">The thread's name, at most 15 bytes.</param>
public sealed record NftAuthor(int Thread, string Name);
