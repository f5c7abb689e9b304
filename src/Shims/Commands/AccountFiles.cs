using System.Globalization;

using Net.Cnm.Errors;
using Net.Linux.Processes;

namespace Net.Shims.Commands;

/// <summary>Finds out whose rights a command is to have, as Docker does: by names of passwd(5) and group(5), or by numbers, which need not
/// be there.</summary>
/// <param name="passwd">The lines of /etc/passwd.</param>
/// <param name="group">The lines of /etc/group.</param>
internal sealed class AccountFiles(IReadOnlyList<string> passwd, IReadOnlyList<string> group)
{
    private const string DefaultHome = "/";

    /// <summary>Reads the files of the mount namespace of the calling thread; one that is missing is empty.</summary>
    internal static AccountFiles Read() => new(Lines("/etc/passwd"), Lines("/etc/group"));

    /// <summary>Finds an account.</summary>
    /// <param name="user"><c>USER</c>, <c>USER:GROUP</c> or <c>:GROUP</c>, each a name or a number; without a user root. A group that is
    /// given takes the place of all of the user's.</param>
    /// <returns>The IDs, and the value of HOME.</returns>
    /// <exception cref="CnmException">InvalidParameter: there is no such name, or a number is too large.</exception>
    internal (ProcessCredentials Credentials, string Home) Find(string user)
    {
        int colon = user.IndexOf(':', StringComparison.Ordinal);
        string userPart = colon < 0 ? user : user[..colon];
        string groupPart = colon < 0 ? "" : user[(colon + 1)..];
        uint? number = NumberOf(userPart.Length == 0 ? "0" : userPart);
        string[]? entry = passwd.Select(static line => line.Split(':')).FirstOrDefault(fields =>
            fields.Length >= 6 && (number is { } id ? NumberOf(fields[2]) == id : fields[0] == userPart));
        if (entry is null && number is null)
        {
            throw Unknown("user", userPart, "passwd");
        }

        uint userId = number ?? Known(entry![2]);
        uint groupId = groupPart.Length > 0 ? GroupOf(groupPart) : entry is null ? 0 : Known(entry[3]);
        IEnumerable<uint> members = groupPart.Length > 0 || entry is null ? [] : GroupsOf(entry[0]);
        return (
            new ProcessCredentials(userId, groupId, [.. members.Prepend(groupId).Distinct()]),
            entry is { } found && found[5].Length > 0 ? found[5] : DefaultHome);
    }

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    private static uint Known(string number) => NumberOf(number) ?? 0;

    private static uint? NumberOf(string text)
    {
        if (text.Length == 0 || text.Any(static c => !char.IsAsciiDigit(c)))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? (uint)number
            : throw new CnmException(
                CnmErrorKind.InvalidParameter, $"uids and gids must be in range 0-{int.MaxValue}; {text} is not");
    }

    private static CnmException Unknown(string what, string name, string file) => new(
        CnmErrorKind.InvalidParameter,
        $"unable to find {what} {name}: no matching entries in {file} file; give a name that /etc/{file} of the host has, or a number");

    private uint GroupOf(string name)
    {
        uint? number = NumberOf(name);
        string[]? entry = group.Select(static line => line.Split(':')).FirstOrDefault(fields =>
            fields.Length >= 3 && (number is { } id ? NumberOf(fields[2]) == id : fields[0] == name));
        return number ?? (entry is null ? throw Unknown("group", name, "group") : Known(entry[2]));
    }

    private IEnumerable<uint> GroupsOf(string name) => group.Select(static line => line.Split(':'))
        .Where(fields => fields.Length >= 4 && fields[3].Split(',').Contains(name, StringComparer.Ordinal))
        .Select(fields => Known(fields[2]));
}
