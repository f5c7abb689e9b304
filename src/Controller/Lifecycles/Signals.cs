namespace Net.Controller.Lifecycles;

/// <summary>Signal numbers that ending a command needs: signal(7).</summary>
internal static class Signals
{
    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM.</summary>
    public const int Terminate = 15;
}
