namespace Net.Cnm.Processes;

/// <summary>One file bind-mounted over another in a sandbox's mount namespace.</summary>
/// <param name="Target">The path inside, such as /etc/hosts.</param>
/// <param name="Source">Our file on the host.</param>
public sealed record FileMount(string Target, string Source);
