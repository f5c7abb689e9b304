namespace Net.Controller.Recovery;

/// <summary>What a start found and did, for the log.</summary>
/// <param name="Networks">Networks in the store, the predefined ones included.</param>
/// <param name="Sandboxes">Containers in the store.</param>
/// <param name="Running">Containers whose command still runs.</param>
/// <param name="Exited">Containers whose command ended while no daemon ran.</param>
/// <param name="Tombstones">Removals that a daemon before had begun.</param>
/// <param name="Mended">Kernel objects that were missing, different or left over.</param>
/// <param name="Problems">What could not be put right, in words.</param>
public sealed record RecoverySummary(
    int Networks,
    int Sandboxes,
    int Running,
    int Exited,
    int Tombstones,
    int Mended,
    IReadOnlyList<string> Problems);
