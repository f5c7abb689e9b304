namespace Net.Labs.Compose.Running;

/// <summary>The labels by which a project knows its containers and networks: those of Docker Compose.</summary>
public static class ComposeLabels
{
    /// <summary>The project's name.</summary>
    public const string Project = "com.docker.compose.project";

    /// <summary>The service's name, of a container.</summary>
    public const string Service = "com.docker.compose.service";

    /// <summary>The number of a container among those of its service, from 1.</summary>
    public const string Number = "com.docker.compose.container-number";

    /// <summary>The name in the file, of a network.</summary>
    public const string Network = "com.docker.compose.network";

    /// <summary>A digest of what the file asks for; when it differs, the object is made anew.</summary>
    public const string ConfigHash = "com.docker.compose.config-hash";
}
