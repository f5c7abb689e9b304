using Net.Linux;

namespace Net.Kernel.Sysctls;

/// <summary>Settings of a namespace that every operation reads: opened at the first use, and up to 256 of them kept open (see
/// <see cref="SysctlFile"/>). For one thread at a time.</summary>
/// <param name="home">The namespace.</param>
internal sealed class KeptSettings(NetworkNamespace home) : IDisposable
{
    // A host may have thousands of links; the settings of most are read by files that are opened for it.
    private const int MostFiles = 256;

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

        string? value = opened.Read();
        if (_files.Count < MostFiles)
        {
            _files.Add(path, opened);
        }
        else
        {
            opened.Dispose();
        }

        return value is null ? null : SettingFile.Normal(value);
    }

    /// <summary>Closes the files of links that have gone.</summary>
    public void CloseGone()
    {
        foreach ((string path, SysctlFile file) in _files)
        {
            if (file.Read() is null)
            {
                file.Dispose();
                _files.Remove(path); // which a dictionary allows while it is gone through
            }
        }
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
