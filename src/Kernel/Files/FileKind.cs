using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Steps;
using Net.Linux;

namespace Net.Kernel.Files;

/// <summary>Files that sandboxes see under /etc. They are written in place: a bind mount shows the inode, so a new file of the same name
/// would not be seen.</summary>
internal sealed class FileKind(KernelPaths paths) : ObjectKind<SandboxFile>
{
    private const string Leftover = "file";

    /// <inheritdoc/>
    protected override IEnumerable<Step> Add(SandboxFile desired) =>
    [
        new ActionStep(ApplyPhase.Files, desired, () => $"# the daemon writes {desired.Path}") { Do = _ => Write(desired) },
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Step> Replace(SandboxFile from, SandboxFile to) => from.Content == to.Content ? [] : Add(to);

    /// <inheritdoc/>
    protected override IEnumerable<Step> Remove(SandboxFile desired, RemovalScope scope) =>
    [
        new ActionStep(ApplyPhase.Files, desired, () => $"# the daemon removes {desired.Path}")
        {
            Do = _ =>
            {
                Remove(desired.Path);
                return null;
            },
        },
    ];

    /// <inheritdoc/>
    protected override void Diff(IReadOnlyList<SandboxFile> desired, ObservedKernel kernel, DifferenceBuilder difference)
    {
        foreach (SandboxFile file in desired)
        {
            if (Read(file.Path) is not { } text)
            {
                difference.Missing(file);
            }
            else if (!IsRight(file, text) && !(file.KeepsEdits && EditMark.IsEdited(file.Path)))
            {
                difference.Different(file, ["its text is another"]);
            }
        }

        if (!Directory.Exists(paths.SandboxDirectory))
        {
            return;
        }

        HashSet<string> wanted = [.. desired.Select(file => file.Path)];
        foreach (string directory in Directory.EnumerateDirectories(paths.SandboxDirectory))
        {
            string[] files = Directory.GetFiles(directory);
            foreach (string file in files.Length > 0 ? files : [Path.Combine(directory, "hosts")])
            {
                string told = EditMark.FileOf(file) ?? file; // a mark comes and goes with its file
                if (!wanted.Contains(told) && (told == file || !File.Exists(told)))
                {
                    var owner = new OwnerId(OwnerKind.Sandbox, Path.GetFileName(directory));
                    difference.Leftover(new ObjectLeftover(Leftover, file, new SandboxFile { Owner = owner, Path = file, Content = "" }));
                }
            }
        }
    }

    private static string? Read(string path) => File.Exists(path) ? TextFile.TryRead(path) : null;

    private static bool IsRight(SandboxFile file, string text) =>
        file.IsShared ? MarkedBlock.IsIn(text, file.Content) : text == file.Content;

    private static Action? Write(SandboxFile desired)
    {
        if (desired.KeepsEdits && EditMark.IsEdited(desired.Path))
        {
            return null;
        }

        string? before = Read(desired.Path);
        string next = desired.IsShared ? MarkedBlock.Put(before, desired.Content) : desired.Content;
        if (before == next)
        {
            return null;
        }

        try
        {
            Directory.CreateDirectory(
                Path.GetDirectoryName(desired.Path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Write(desired, next, before);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TakeBack(desired, before);
            throw;
        }

        return before is null ? () => Remove(desired.Path) : () => Write(desired, before, next);
    }

    private static void Write(SandboxFile desired, string next, string? before)
    {
        if (desired.KeepsEdits)
        {
            EditMark.Note(desired.Path, next, before);
        }

        TextFile.Write(desired.Path, next);
    }

    // On a full disk a file is made that stays empty, and one that was there is cut.
    private static void TakeBack(SandboxFile desired, string? before)
    {
        try
        {
            if (before is not null)
            {
                Write(desired, before, before);
            }
            else if (Directory.Exists(Path.GetDirectoryName(desired.Path)))
            {
                Remove(desired.Path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first error says it; the next mending writes the file.
        }
    }

    // A sandbox's directory is removed together with its last file.
    private static void Remove(string path)
    {
        File.Delete(path);
        EditMark.Remove(path);
        string directory = Path.GetDirectoryName(path)!;
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    }
}
