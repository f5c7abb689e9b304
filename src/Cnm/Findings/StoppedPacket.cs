namespace Net.Cnm.Findings;

/// <summary>A packet that a rule of another program takes.</summary>
/// <param name="Packet">The packet.</param>
/// <param name="Rule">The rule in words: <c>rule 2 of chain FORWARD in table ip filter drops it</c>.</param>
/// <param name="Look">The command that shows the rule.</param>
/// <param name="Remedy">The command that removes the rule.</param>
/// <param name="Place">The number of the rule in its chain, from 1, where the command names it by that; 0 where it does not.</param>
public sealed record StoppedPacket(SamplePacket Packet, string Rule, string Look, string Remedy, int Place = 0);
