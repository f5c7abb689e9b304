namespace Net.Cnm.Sandboxes;

/// <summary>Whose network stack a sandbox uses.</summary>
public enum StackSource
{
    /// <summary>The daemon makes it, and removes it with the sandbox.</summary>
    Made,

    /// <summary>Another program made its network namespace: what the daemon adds to it goes with the sandbox, all else stays
    /// (<see cref="Sandbox.Adopts"/>).</summary>
    Adopted,

    /// <summary>Another sandbox has it (<see cref="Sandbox.SharesStackOf"/>).</summary>
    Shared,

    /// <summary>It is the host's.</summary>
    Host,

    /// <summary>Another program has it and makes all that is in it: only the host's side of its endpoints is the daemon's
    /// (<see cref="Sandbox.ForeignKey"/>).</summary>
    Foreign,
}
