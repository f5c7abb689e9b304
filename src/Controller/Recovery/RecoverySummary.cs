namespace Net.Controller.Recovery;

/// <summary>What recovery found and did, for the log.</summary>
/// <param name="Networks">Networks in the store, the predefined ones included.</param>
/// <param name="Sandboxes">Containers in the store.</param>
/// <param name="Running">Containers whose command runs.</param>
/// <param name="Exited">Containers whose command exited while no daemon ran.</param>
/// <param name="Tombstones">Removals that an earlier daemon had begun and not finished.</param>
/// <param name="Mended">Kernel objects that were missing, different or left over, and were repaired.</param>
/// <param name="Problems">What could not be repaired, each a sentence.</param>
/// <param name="NeedsRetry">Whether another mending may repair more.</param>
public sealed record RecoverySummary(
    int Networks,
    int Sandboxes,
    int Running,
    int Exited,
    int Tombstones,
    int Mended,
    IReadOnlyList<string> Problems,
    bool NeedsRetry);
