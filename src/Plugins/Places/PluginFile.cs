using System.Text.Json;
using Net.Cnm.Errors;
using Net.Plugins.Wire;

namespace Net.Plugins.Places;

/// <summary>Reads the files that say where a plug-in answers.</summary>
/// <param name="read">Reads a small regular file; throws <see cref="IOException"/> at any other.</param>
internal sealed class PluginFile(Func<string, string> read)
{
    /// <summary>Reads a file NAME.spec, which is an address, or NAME.json.</summary>
    /// <exception cref="CnmException">Unavailable: it cannot be read, or says something else.</exception>
    public PluginPlace Read(string file)
    {
        string text = ReadText(file);
        if (!file.EndsWith(".json", StringComparison.Ordinal))
        {
            return PluginAddressText.Parse(file, text, tls: null);
        }

        try
        {
            PluginDescription? description = JsonSerializer.Deserialize(text, PluginJson.Default.PluginDescription);
            return PluginAddressText.Parse(file, description?.Addr ?? "", Tls(description?.TLSConfig));
        }
        catch (JsonException error)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable, $"{file} is no JSON document that describes a plug-in ({error.Message}); write it anew", error);
        }
    }

    private static PluginTls? Tls(PluginTlsDescription? config) => config is null ? null : new PluginTls
    {
        SkipsVerification = config.InsecureSkipVerify || string.IsNullOrEmpty(config.CAFile),
        CertificateAuthorityFile = string.IsNullOrEmpty(config.CAFile) ? null : config.CAFile,
        CertificateFile = string.IsNullOrEmpty(config.CertFile) ? null : config.CertFile,
        KeyFile = string.IsNullOrEmpty(config.KeyFile) ? null : config.KeyFile,
    };

    private string ReadText(string file)
    {
        try
        {
            return read(file);
        }
        catch (IOException error)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"{file}, which says where a plug-in answers, cannot be read: {error.Message}; write it anew, or remove it",
                error);
        }
    }
}
