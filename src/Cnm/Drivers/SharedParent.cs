namespace Net.Cnm.Drivers;

/// <summary>The link of the host that the links of a network's containers share.</summary>
/// <param name="Link">Its interface name.</param>
/// <param name="ExclusiveMode">The mode, as its option calls it, in which no other network can use the link; null when others can.</param>
public sealed record SharedParent(string Link, string? ExclusiveMode);
