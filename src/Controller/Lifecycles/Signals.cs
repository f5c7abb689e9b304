namespace Net.Controller.Lifecycles;

/// <summary>The signal numbers with which a command is stopped: signal(7).</summary>
internal static class Signals
{
    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM.</summary>
    public const int Terminate = 15;
}
