"""The words of Telegram's refusals, and the exception that carries one to the caller.

Where they come from, so that bot and sandbox do not merely agree with each other:
[api] = Client.cpp, Query.cpp, ClientManager.cpp and HttpConnection.cpp of tdlib/telegram-bot-api;
[td] = MessageEntity.cpp, MessagesManager.cpp, MessageContent.cpp, ReplyMarkup.cpp, BotCommand.cpp
and FileManager.cpp of tdlib/td, whose words the server passes on with "Bad Request: " before them
and the first letter lowered; [wire] = names that Telegram's data centres answer, passed on as
they are; [own] = this sandbox is stricter than Telegram there, which would guess or stay silent.
"""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault of the program
    """A request is answered with `ok: false`, this status and these words."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """Return the JSON body of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad(words: str) -> Refusal:
    """Return the refusal of a request that Telegram calls a bad one."""
    return Refusal(400, f"Bad Request: {words}")


def flood(seconds: int) -> Refusal:
    """Return the refusal that asks the bot to wait; [api] Query::set_retry_after_error."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


UNKNOWN_METHOD = Refusal(404, "Not Found")  # [wire] api.telegram.org; [api] adds "method not found"
WRONG_TOKEN = Refusal(401, "Unauthorized")  # [api] get_closing_error
SERVER_ERROR = Refusal(500, "Internal Server Error: restart")  # [api] get_closing_error
OWN_FAULT = Refusal(500, "Internal Server Error: the sandbox failed, see its output")  # [own]
SECOND_POLLER = Refusal(  # [api] abort_long_poll
    409,
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
)
WEBHOOK_ACTIVE = Refusal(  # [api] process_get_updates_query
    409,
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first",
)
WEBHOOK_SET = Refusal(409, "Conflict: terminated by setWebhook request")  # [api] abort_long_poll
WEBHOOK_HTTPS = bad("bad webhook: An HTTPS URL must be provided for webhook")  # [api]
WEBHOOK_PORT = bad(  # [api] do_set_webhook
    "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
)
LONG_SECRET = bad("secret token is too long")  # [api] process_set_webhook_query
WRONG_SECRET = bad("secret token contains unallowed characters")  # [api]
NO_CERTIFICATE = bad("bad webhook: no certificate in the PEM file")  # [own]
BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")  # [api] USER_IS_BLOCKED
NOT_STARTED = Refusal(  # [td] PEER_ID_INVALID of a private chat
    403, "Forbidden: bot can't initiate conversation with a user"
)
LEFT_GROUP = Refusal(403, "Forbidden: bot is not a member of the group chat")  # [api]
TOO_LARGE = Refusal(413, "Request Entity Too Large")  # [wire] uploads above 50 MB

NO_CHAT_ID = bad("chat_id is empty")  # [api] check_chat
NO_CHAT = bad("chat not found")  # [api] TdOnCheckChatCallback
NO_USER = bad("user not found")  # [api] TdOnCheckUserCallback
EMPTY_TEXT = bad("message text is empty")  # [api] get_input_message_text
BLANK_TEXT = bad("text must be non-empty")  # [td] fix_formatted_text
LONG_RAW_TEXT = bad("text is too long")  # [api] get_formatted_text, 32,768 bytes before parsing
LONG_TEXT = bad("message is too long")  # [td] MESSAGE_TOO_LONG
LONG_CAPTION = bad("message caption is too long")  # [td] MEDIA_CAPTION_TOO_LONG
PARSE_MODE = bad("unsupported parse_mode")  # [api] get_formatted_text
NOT_MODIFIED = bad(  # [api] MESSAGE_NOT_MODIFIED
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
NO_MESSAGE_ID = bad("message identifier is not specified")  # [api] get_inline_message_id
NO_MESSAGE_IDS = bad("message identifiers are not specified")  # [api] get_message_ids
MANY_MESSAGE_IDS = bad("too many message identifiers specified")  # [api] get_message_ids
NOTHING_TO_EDIT = bad("message to edit not found")  # [api] check_message
NOTHING_TO_DELETE = bad("message to delete not found")  # [api] check_message
NOTHING_TO_COPY = bad("message to copy not found")  # [api] check_message
NO_REPLIED_MESSAGE = bad("message to be replied not found")  # [api] check_reply_parameters
CANNOT_EDIT = bad("message can't be edited")  # [td] edit_message_text and its kin
CANNOT_DELETE = bad("message can't be deleted")  # [api] MESSAGE_DELETE_FORBIDDEN
NO_TEXT_TO_EDIT = bad("there is no text in the message to edit")  # [td] edit_message_text
NO_CAPTION_TO_EDIT = bad("there is no caption in the message to edit")  # [td] edit_message_caption
INLINE_ONLY = bad("inline keyboard expected")  # [td] get_inline_reply_markup
MARKUP_NOT_OBJECT = bad("object expected as reply markup")  # [api] get_reply_markup
ROWS_NOT_LISTS = bad('field "keyboard" must be an Array of Arrays')  # [api] get_reply_markup
INLINE_ROWS_NOT_LISTS = bad(  # [api] get_reply_markup
    'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
)
NO_ACTION = bad(  # [api] get_inline_keyboard_button_type
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)
BLANK_LABEL = bad("inline keyboard button text must be non-empty")  # [td] ReplyMarkup.cpp
BLANK_KEY = bad("keyboard button text must be non-empty")  # [td] ReplyMarkup.cpp
LOCATION_IN_GROUP = bad("location can be requested in private chats only")  # [td]
BUTTON_DATA = bad("BUTTON_DATA_INVALID")  # [wire] callback_data outside 1-64 bytes
BUTTON_URL = bad("BUTTON_URL_INVALID")  # [wire]
MANY_BUTTONS = bad("reply markup is too long")  # [api] REPLY_MARKUP_TOO_LONG
OLD_QUERY = bad(  # [api] QUERY_ID_INVALID
    "query is too old and response timeout expired or query ID is invalid"
)
MANY_RESULTS = bad("too many inline query results specified")  # [api] get_inline_query_results
NO_RESULT_ID = bad("RESULT_ID_EMPTY")  # [wire]
RESULT_ID = bad("RESULT_ID_INVALID")  # [wire] above 64 bytes; to a person, none of the offered
SAME_RESULT_ID = bad("RESULT_ID_DUPLICATE")  # [wire]
UNTITLED_ARTICLE = bad("ARTICLE_TITLE_EMPTY")  # [wire]
NEXT_OFFSET = bad("NEXT_OFFSET_INVALID")  # [wire] above 64 bytes
INLINE_MESSAGE_ID = bad("invalid inline message identifier specified")  # [td]
LONG_ANSWER = bad("MESSAGE_TOO_LONG")  # [wire] a callback's answer above 200 characters
WRONG_FILE = bad("wrong file identifier/HTTP URL specified")  # [td] MEDIA_EMPTY
UNREACHABLE_URL = bad("failed to get HTTP URL content")  # [api] WEBPAGE_CURL_FAILED
EMPTY_FILE = bad("file must be non-empty")  # [td] FileLoaderUtils.cpp
NO_FILE_ID = bad("file_id not specified")  # [api] check_remote_file_id
GONE_FILE = bad("wrong file_id or the file is temporarily unavailable")  # [api] on_file_download
BIG_FILE = bad("file is too big")  # [api] do_get_file, above 20 MB
NOT_AN_IMAGE = bad("IMAGE_PROCESS_FAILED")  # [wire]
PHOTO_SHAPE = bad("PHOTO_INVALID_DIMENSIONS")  # [wire] sides above 10,000 together or 20:1
BIG_PHOTO = bad("PHOTO_SAVE_FILE_INVALID")  # [wire] a photo above 10 MB
NO_VOICE = bad("VOICE_MESSAGES_FORBIDDEN")  # [wire] a person whose privacy settings say so
NO_MEDIA = bad("can't parse InputMedia: media not found")  # [api] get_input_media
ALBUM_SIZE = bad("wrong number of media in the album")  # [own]
WRONG_ACTION = bad("wrong parameter action in request")  # [api] process_send_chat_action_query
COMMAND = bad("BOT_COMMAND_INVALID")  # [wire] a name outside a-z0-9_
MANY_COMMANDS = bad("BOT_COMMANDS_TOO_MUCH")  # [wire] more than 100
BLANK_COMMAND = bad("command must be non-empty")  # [td] BotCommand.cpp
LONG_COMMAND = bad("command length must not exceed 32")  # [td] BotCommand.cpp
BLANK_COMMAND_TEXT = bad("command description must be non-empty")  # [td] BotCommand.cpp
LONG_COMMAND_TEXT = bad("command description length must not exceed 256")  # [td] BotCommand.cpp
LANGUAGE = bad("invalid language code specified")  # [td] BotInfoManager.cpp
LONG_DESCRIPTION = bad("BOT_DESCRIPTION_TOO_LONG")  # [own] above 512 and 120 characters
LONG_NAME = bad("BOT_NAME_TOO_LONG")  # [own] above 64 characters
REACTION = bad("REACTION_INVALID")  # [wire]
LATITUDE = bad("latitude is empty")  # [api] get_location
LONGITUDE = bad("longitude is empty")  # [api] get_location
