using Net.Shims.States;

namespace Net.Shims.Pauses;

/// <summary>A way to hold up all processes of a sandbox and to let them go on.</summary>
internal interface IPauseMethod
{
    /// <summary>Begins to hold up the processes, or goes on with that: it may be called again.</summary>
    /// <returns>Whether a look has found all processes held up. One that was started meanwhile may be missing in it.</returns>
    bool TryHold(ShimRecord record);

    /// <summary>Begins to let the processes go on, or goes on with that: it may be called again.</summary>
    /// <returns>Whether none is held up any more.</returns>
    bool TryRelease(ShimRecord record);

    /// <summary>Removes what the method has made, after the last process of the sandbox has ended.</summary>
    void Forget();
}
