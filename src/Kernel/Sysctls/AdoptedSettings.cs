using Net.Cnm.DesiredState;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Sysctls;

/// <summary>The settings of the host that this program has changed: what each was before, and how it is put back.</summary>
/// <remarks>
/// Forwarding of all links is written by the kernel to each link as well (<see cref="SpreadSettings"/>). What the links had is kept when
/// it is turned on: of <c>default</c> always, of a link where it differed from that. A link of which nothing is kept, one that came later
/// among them, had or would have had what <c>default</c> had. For one thread at a time.
/// </remarks>
/// <param name="store">Keeps them, under their paths.</param>
/// <param name="host">A NETLINK_ROUTE connection to the daemon's namespace, in which the caller is.</param>
/// <param name="era">The namespace's present <see cref="SettingsEra"/>.</param>
internal sealed class AdoptedSettings(IPriorValues store, NetlinkConnection host, string era)
{
    /// <summary>What is kept of each, by its path. What was kept before the machine or the namespace began anew is not among it.</summary>
    public IReadOnlyDictionary<string, AdoptedSetting> All() =>
        Stored().Where(entry => IsOfThisEra(entry.Value)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Keeps what a setting is before it is written.</summary>
    /// <param name="path">The setting.</param>
    /// <param name="before">Its value.</param>
    /// <param name="written">The value that it is to have, another one.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Remember(string path, string before, string written)
    {
        ForgetFormerBoots();
        IReadOnlyDictionary<string, AdoptedSetting> kept = All();
        IReadOnlyDictionary<string, string> others = SpreadSettings.Read(path);
        if (others.Count > 0)
        {
            ForgetEarlier(path, kept);
            foreach ((string other, string value) in others)
            {
                if (SpreadSettings.DefaultOf(other) is not { } ofAll || value != others[ofAll])
                {
                    Keep(other, new AdoptedSetting(value, SpreadSettings.ValueAfter(other, written), LinkOf(other), era));
                }
            }
        }

        var setting = new AdoptedSetting(before, written, LinkOf(path), era);
        if (kept.TryGetValue(path, out AdoptedSetting? earlier) && earlier.Link != setting.Link)
        {
            store.Forget(path); // of a link that had this name
        }

        Keep(path, setting);
    }

    /// <summary>Puts back what a setting was, unless it is not any more what it was set to: then somebody else has set it since.</summary>
    /// <exception cref="LinuxException">The kernel refuses the value.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void PutBack(string path)
    {
        IReadOnlyDictionary<string, AdoptedSetting> kept = All();
        if (kept.TryGetValue(path, out AdoptedSetting? setting))
        {
            PutBack(path, setting, kept);
        }
    }

    /// <summary>Puts back all. Forwarding comes first, and accept_ra of the links later: to let one link forward again takes the default
    /// route from each other that has it by advertisement and accept_ra=1.</summary>
    /// <returns>What could not be, each a sentence.</returns>
    public IReadOnlyList<string> PutBackAll()
    {
        ForgetFormerBoots();
        List<string> failures = [];
        IReadOnlyDictionary<string, AdoptedSetting> kept = All();
        foreach ((string path, AdoptedSetting setting) in kept
            .Where(entry => SpreadSettings.SourceOf(entry.Key) is not { } source || !kept.ContainsKey(source))
            .OrderByDescending(static entry => IsSpread(entry.Key)))
        {
            try
            {
                PutBack(path, setting, kept);
            }
            catch (Exception error) when (error is LinuxException or NetlinkException)
            {
                failures.Add($"setting {path}: {error.Message}");
            }
        }

        return failures;
    }

    private void PutBack(string path, AdoptedSetting setting, IReadOnlyDictionary<string, AdoptedSetting> kept)
    {
        if (PathNow(path, setting) is { } there && SettingFile.TryRead(there) is { } now && now == (setting.Written ?? now))
        {
            SpreadSettings.Write(there, setting.Before, OthersBefore(there, now, setting.Before, kept));
        }

        IEnumerable<string> others = IsSpread(path) ? kept.Keys.Where(other => SpreadSettings.SourceOf(other) == path) : [];
        foreach (string other in others.Append(path))
        {
            store.Forget(other);
        }
    }

    private static bool IsSpread(string path) => path is SpreadSettings.IPv4 or SpreadSettings.IPv6;

    // What the others are to be once their source is put back: what they were, or what somebody has set them to since.
    private Dictionary<string, string> OthersBefore(
        string source, string written, string sourceBefore, IReadOnlyDictionary<string, AdoptedSetting> kept)
    {
        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, AdoptedSetting setting) in kept.Where(entry => SpreadSettings.SourceOf(entry.Key) == source))
        {
            if (PathNow(path, setting) is { } there)
            {
                before[there] = setting.Before;
            }
        }

        return SpreadSettings.Read(source).ToDictionary(static other => other.Key, Before, StringComparer.Ordinal);

        string Before(KeyValuePair<string, string> other)
        {
            return other.Value != SpreadSettings.ValueAfter(other.Key, written)
                ? other.Value
                : before.GetValueOrDefault(other.Key)
                    ?? before.GetValueOrDefault(SpreadSettings.DefaultOf(other.Key) ?? "")
                    ?? SpreadSettings.ValueAfter(other.Key, sourceBefore);
        }
    }

    // What is kept of the last time that forwarding was turned on says nothing of this time; nor what is kept of links that have gone.
    private void ForgetEarlier(string source, IReadOnlyDictionary<string, AdoptedSetting> kept)
    {
        foreach ((string path, AdoptedSetting setting) in kept)
        {
            if (SpreadSettings.SourceOf(path) == source || (setting.Link is { } link && HasGone(path, setting, link)))
            {
                store.Forget(path);
            }
        }
    }

    // Where the era was not kept, the link of this index may be another one.
    private bool HasGone(string path, AdoptedSetting setting, int link) =>
        setting.Era is null ? LinkOf(path) != link : host.GetLink(link) is null;

    private IEnumerable<KeyValuePair<string, AdoptedSetting>> Stored() =>
        store.All().Select(static entry => KeyValuePair.Create(entry.Key, AdoptedSetting.Parse(entry.Value)));

    // What was kept of it in another namespace makes way.
    private void Keep(string path, AdoptedSetting setting)
    {
        if (store.All().TryGetValue(path, out string? text) && !IsOfThisEra(AdoptedSetting.Parse(text)))
        {
            store.Forget(path);
        }

        store.Remember(path, setting.ToString());
    }

    private bool IsOfThisEra(AdoptedSetting setting) => setting.Era is null || setting.Era == era;

    private void ForgetFormerBoots()
    {
        foreach ((string path, AdoptedSetting setting) in Stored())
        {
            if (setting.Era is { } former && !SettingsEra.AreOfOneBoot(former, era))
            {
                store.Forget(path);
            }
        }
    }

    // The path by which a setting is found now; null when its link has gone.
    private string? PathNow(string path, AdoptedSetting setting)
    {
        if (setting.Link is not { } index || LinkSettings.Split(path) is not var (name, _))
        {
            return path;
        }

        return host.GetLink(index)?.Name is { } now ? path.Replace($"/{name}/", $"/{now}/", StringComparison.Ordinal) : null;
    }

    private int? LinkOf(string path) => LinkSettings.Split(path) is var (name, _) ? host.GetLink(name)?.Index : null;
}
