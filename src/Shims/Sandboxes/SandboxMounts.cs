using Microsoft.Win32.SafeHandles;

using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Mounts;

namespace Net.Shims.Sandboxes;

/// <summary>Puts the calling thread into a sandbox's namespaces and makes its own mounts there.</summary>
internal static class SandboxMounts
{
    private const string Sysfs = "/sys";

    private const int MostAttempts = 10;

    /// <summary>The text that marks a sandbox's mount namespace: the source of its sysfs.</summary>
    internal static string Mark(string sandbox) => $"netctl-{sandbox}";

    /// <summary>Enters network, mount and UTS namespaces as far as the sandbox has its own.</summary>
    /// <returns>The files that are covered: those that the host has.</returns>
    /// <exception cref="LinuxException">A namespace cannot be entered or made, or a mount fails.</exception>
    internal static IReadOnlyList<FileMount> Enter(
        string sandbox, string? namespacePath, string? hostName, IReadOnlyList<FileMount> files, MessageLog messages)
    {
        if (namespacePath is not null)
        {
            ThreadNamespaces.EnterNetwork(namespacePath);
        }

        var covered = new List<FileMount>(files.Count);
        if (namespacePath is not null || files.Count > 0)
        {
            ThreadNamespaces.NewMounts();
            IReadOnlyList<MountEntry> mounts = MountEntry.ReadAll();
            if (namespacePath is not null)
            {
                LetGoOfNamespaces(mounts, Path.GetDirectoryName(namespacePath)!);
            }

            RenewSysfs(mounts, Mark(sandbox));
            covered.AddRange(files.Where(TryCover));
            foreach (FileMount file in files.Except(covered))
            {
                messages.Write($"{file.Target} does not exist on the host, so the sandbox has none either; create it and start the " +
                    "sandbox again");
            }
        }

        if (hostName is not null)
        {
            ThreadNamespaces.NewHostName(hostName);
        }

        return covered;
    }

    /// <summary>Covers files again that have lost their mount: replacing a file or a link on the host (rename) takes our mount on it
    /// away.</summary>
    /// <returns>False when the host has no file to cover just now: whoever deletes it and makes it again is between the two, and no mount
    /// tells of its return.</returns>
    /// <exception cref="LinuxException">A mount fails.</exception>
    internal static bool Restore(IReadOnlyList<FileMount> files)
    {
        bool areCovered = true;
        foreach (FileMount file in files.Where(static file => !FileIdentity.Same(file.Source, file.Target)))
        {
            areCovered &= TryCover(file);
        }

        return areCovered;
    }

    // Where the host's mounts are private (no systemd), an unmount there does not reach us: our copy of another sandbox's namespace file
    // would keep that namespace, and its links, alive as long as our command runs.
    private static void LetGoOfNamespaces(IReadOnlyList<MountEntry> mounts, string directory)
    {
        var theirs = mounts.Where(mount => mount.Type == "nsfs" && Path.GetDirectoryName(mount.Target) == directory)
            .Select(static mount => mount.Root).ToHashSet();
        foreach (MountEntry mount in mounts.Where(mount => mount.Type == "nsfs" && !mount.FollowsAnother && theirs.Contains(mount.Root)))
        {
            Mounting.Detach(mount.Target);
        }
    }

    // A sysfs shows the links of the network namespace it was mounted in. What is mounted on the old one (cgroups, debugfs, bpf) is carried
    // over.
    private static void RenewSysfs(IReadOnlyList<MountEntry> mounts, string mark)
    {
        MountEntry? old = mounts.LastOrDefault(static mount => mount.Target == Sysfs);
        var carried = new List<(string Target, SafeFileHandle Place)>();
        try
        {
            foreach (MountEntry mount in mounts.Where(mount => mount.ParentId == old?.Id).DistinctBy(static mount => mount.Target))
            {
                carried.Add((mount.Target, Descriptor.OpenPlace(mount.Target)));
            }

            Mounting.MountSysfs(Sysfs, mark);
            foreach ((string target, SafeFileHandle place) in carried.Where(static mount => Directory.Exists(mount.Target)))
            {
                Mounting.Bind(Descriptor.PathOf(place), target, recursive: true);
            }
        }
        finally
        {
            carried.ForEach(static mount => mount.Place.Dispose());
        }
    }

    /// <returns>False when the host has no such file.</returns>
    private static bool TryCover(FileMount file)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Mounting.Cover(file.Source, file.Target);
                return true;
            }
            catch (LinuxException error) when (error.Errno == Errno.NoEntry && File.Exists(file.Source))
            {
                if (!File.Exists(file.Target))
                {
                    return false;
                }

                // The file at the path was just being replaced or deleted (dont_mount): it can be found for a moment and not be covered.
                if (attempt == MostAttempts)
                {
                    throw;
                }
            }
        }
    }
}
