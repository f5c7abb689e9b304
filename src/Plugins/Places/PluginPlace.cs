namespace Net.Plugins.Places;

/// <summary>Where a plug-in answers.</summary>
/// <param name="SocketPath">Its Unix socket; null when it is reached by TCP.</param>
/// <param name="Host">Its host name or address; null for a Unix socket.</param>
/// <param name="Port">Its TCP port.</param>
/// <param name="Tls">How it is spoken to by TLS; null without.</param>
internal sealed record PluginPlace(string? SocketPath, string? Host, int Port, PluginTls? Tls)
{
    /// <summary>A Unix socket.</summary>
    public static PluginPlace Unix(string path) => new(path, null, 0, null);

    /// <inheritdoc/>
    public override string ToString() =>
        SocketPath is not null ? $"unix://{SocketPath}" : FormattableString.Invariant($"{(Tls is null ? "tcp" : "tls")}://{Host}:{Port}");
}
