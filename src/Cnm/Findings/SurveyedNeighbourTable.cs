namespace Net.Cnm.Findings;

/// <summary>One of the kernel's tables of neighbours, which all namespaces of the machine share.</summary>
/// <param name="IPv6">Whether it is that of IPv6.</param>
/// <param name="Entries">How many entries it has, without the permanent ones of the host and of our sandboxes, which the limit is not
/// for. Permanent ones in namespaces of others are counted too: they cannot be told apart.</param>
/// <param name="Limit">How many it may have (sysctl gc_thresh3): with that many, no further neighbour is found.</param>
public sealed record SurveyedNeighbourTable(bool IPv6, long Entries, long Limit);
