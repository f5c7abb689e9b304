using Microsoft.Win32.SafeHandles;

using Net.Cnm.Processes;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Mounts;

namespace Net.Shims.Sandboxes;

/// <summary>Moves the calling thread into a sandbox's namespaces and makes the sandbox's mounts there.</summary>
internal static class SandboxMounts
{
    private const string Sysfs = "/sys";

    private const int MaximumAttempts = 10;

    /// <summary>The text that marks a sandbox's mount namespace: the mount source of its sysfs.</summary>
    internal static string Mark(string sandbox) => $"netctl-{sandbox}";

    /// <summary>Enters the sandbox's network and mount namespace, as far as it has its own, and a new UTS namespace, by which its processes
    /// are recognised when the shim was killed.</summary>
    /// <returns>The files that were covered by a bind mount: those that exist on the host.</returns>
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
                DetachNamespaceFiles(mounts, Path.GetDirectoryName(namespacePath)!);
            }

            RemountSysfs(mounts, Mark(sandbox));
            covered.AddRange(files.Where(TryCover));
            foreach (FileMount file in files.Except(covered))
            {
                messages.Write($"{file.Target} does not exist on the host, so the sandbox has none either; create it and start the " +
                    "sandbox again");
            }
        }

        ThreadNamespaces.NewHostName(hostName);

        return covered;
    }

    /// <summary>Covers files again that have lost their bind mount: replacing a file or a link on the host (rename) removes our mount on
    /// it.</summary>
    /// <returns>False when the host has no file to cover at the moment: a program that deletes it and creates it again is between the two
    /// steps, and no mount event announces the file's return.</returns>
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

    // Where the host's mounts are private (no systemd), an unmount on the host does not propagate to this mount namespace: a copy of
    // another sandbox's namespace file would keep that namespace, and its links, alive as long as the command runs.
    private static void DetachNamespaceFiles(IReadOnlyList<MountEntry> mounts, string directory)
    {
        var theirs = mounts.Where(mount => mount.Type == "nsfs" && Path.GetDirectoryName(mount.Target) == directory)
            .Select(static mount => mount.Root).ToHashSet();
        foreach (MountEntry mount in mounts.Where(mount => mount.Type == "nsfs" && !mount.FollowsAnother && theirs.Contains(mount.Root)))
        {
            Mounting.Detach(mount.Target);
        }
    }

    // A sysfs shows the links of the network namespace it was mounted in. The mounts on the old one (cgroups, debugfs, bpf) are bound to
    // the new one.
    private static void RemountSysfs(IReadOnlyList<MountEntry> mounts, string mark)
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

                // The file at the path was just being replaced or deleted (dont_mount in the kernel): it can be found for a moment, but not
                // be mounted on.
                if (attempt == MaximumAttempts)
                {
                    throw;
                }
            }
        }
    }
}
