namespace Net.Controller.Requests;

/// <summary>What a client waits for, as Docker has it.</summary>
public enum WaitCondition
{
    /// <summary>That the container does not run. One that waits for its restart counts as running: its next exit is waited for.</summary>
    NotRunning,

    /// <summary>The next exit of its command, which may not have been started yet.</summary>
    NextExit,

    /// <summary>Its removal.</summary>
    Removed,
}
