namespace Net.Cnm.Processes;

/// <summary>A file of the host that is bind-mounted over a file in the mount namespace of a sandbox.</summary>
/// <param name="Target">The path in the sandbox, such as /etc/hosts.</param>
/// <param name="Source">The path of the daemon's file on the host.</param>
public sealed record FileMount(string Target, string Source);
