namespace Net.Plugins.Places;

/// <summary>How a plug-in is spoken to by TLS, as its .json file says.</summary>
internal sealed record PluginTls
{
    /// <summary>Whether the plug-in's certificate is not checked. Docker does not check it either when there is no
    /// <see cref="CertificateAuthorityFile"/>.</summary>
    public bool SkipsVerification { get; init; }

    /// <summary>The file of the certificates that may have signed the plug-in's (PEM); null for none.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>The file of our own certificate (PEM); null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The file of its key (PEM); null for none.</summary>
    public string? KeyFile { get; init; }
}
