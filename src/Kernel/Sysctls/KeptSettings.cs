using Net.Linux;

namespace Net.Kernel.Sysctls;

/// <summary>Settings of a namespace that every operation reads: opened at the first use, and kept open (see <see cref="SysctlFile"/>). For
/// one thread at a time.</summary>
/// <param name="home">The namespace.</param>
internal sealed class KeptSettings(NetworkNamespace home) : IDisposable
{
    private readonly Dictionary<string, SysctlFile> _files = new(StringComparer.Ordinal);

    /// <summary>The value, its fields separated by one space, or null when there is no such setting.</summary>
    /// <exception cref="LinuxException">The setting exists but cannot be opened.</exception>
    public string? TryRead(string path)
    {
        if (_files.TryGetValue(path, out SysctlFile? file))
        {
            if (file.Read() is { } known)
            {
                return SettingFile.Normal(known);
            }

            file.Dispose(); // of a link that has gone; another may have its name
            _files.Remove(path);
        }

        if (SysctlFile.TryOpen(path, home) is not { } opened)
        {
            return null;
        }

        _files.Add(path, opened);
        return opened.Read() is { } value ? SettingFile.Normal(value) : null;
    }

    /// <summary>Closes all files; the next reads open them again.</summary>
    public void Dispose()
    {
        foreach (SysctlFile file in _files.Values)
        {
            file.Dispose();
        }

        _files.Clear();
    }
}
