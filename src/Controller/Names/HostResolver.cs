using Net.Dns.Files;

namespace Net.Controller.Names;

/// <summary>The host's resolv.conf as the containers' resolvers use it: read at the first use, and replaced when somebody has found it
/// changed.</summary>
/// <param name="file">The file.</param>
/// <param name="log">Told when the file cannot be read.</param>
internal sealed class HostResolver(HostResolverFile file, IControllerLog log)
{
    private volatile ResolvConf? _current;

    /// <summary>The contents that the resolvers use now.</summary>
    public ResolvConf Current => _current ??= Read();

    /// <summary>Replaces the contents that the resolvers use.</summary>
    public void Use(ResolvConf contents) => _current = contents;

    /// <summary>Reads the file; an unreadable one counts as empty, with a warning.</summary>
    public ResolvConf Read()
    {
        try
        {
            return file.Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.Warning($"the host's resolv.conf cannot be read, so containers get public DNS servers: {error.Message}");
            return ResolvConf.Empty;
        }
    }
}
