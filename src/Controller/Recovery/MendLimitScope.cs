namespace Net.Controller.Recovery;

/// <summary>Who mends, and so which objects are put back three times within a minute at most (<see cref="MendLimit"/>).</summary>
internal enum MendLimitScope
{
    /// <summary>Those in sandboxes, which their containers may change: a person asks for all else, or a start of the daemon.</summary>
    Sandboxes,

    /// <summary>All: the daemon mends by itself.</summary>
    All,
}
